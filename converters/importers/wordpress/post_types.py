"""Which post types had pages for everybody, and which hold records: the tables, and what a name looks like.

WordPress gives every type a pretty permalink unless its registration says `rewrite => false`, public or not
(`WP_Post_Type::set_props`, `get_post_permalink`): an address alone is a hint and no proof. So these tables go first,
then what a name looks like, and only then the address; see `publicity.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache


def by_name(table: dict[str, str]) -> dict[str, str]:
    """Name -> meaning, of a table meaning -> names."""
    return {name: meaning for meaning, names in table.items() for name in names.split()}


PERSONAL_TYPES = by_name(
    {
        "form entry": """
            feedback jetpack_form_response flamingo_contact flamingo_inbound flamingo_outbound nf_sub wpforms_entries
            wpcf7s cf7_entry cfdb7 gf_entry frm_entry forminator_entry ff_entry fluentform_entry happyforms-message
            happyforms_message caldera_form_entry everest_form_entry weforms_entry kaliforms_submitted
            formidable_entry visual_form_entry sform_submission elementor_submission elementor_cf_db vscf-submission
            umbcform_submissions contact_form_entry wpcf7_entry quform_entry super_contact_entry arforms_entry
            kadence_form_entry kb_submission ws_form_submission metform-entry bricks_submission mwform_entry
            mw-wp-form-data mwf_contact_data tripetto_entry wdform_submission nm_sub pirate_forms_contact
            gwolle_gb ninja_forms_sub typeform_response crowdsignal_response""",
        "shop order": """
            shop_order shop_order_refund shop_order_placehold shop_subscription shop_webhook shop_purchase_order
            jp_pay_order edd_payment edd_subscription edd_order edd_refund give_payment give_donation give_subscription
            tc_orders sc_order wpsc-purchase-log wpsc_purchase mp_order it_exchange_tran itex_transaction dokan_order
            llms_order llms_transaction lp_order tutor_order sfwd-transactions lifterlms_order mepr_transaction
            memberpressproduct_order pmpro_order rcp_payment simple-pay_payment stripe_order sp_transaction
            wpeppsub_order wpplugin_pp_order wpep_reports wps_order wpi_invoice wpinv_invoice wpinv_quote
            sliced_invoice sliced_quote si_invoice si_estimate si_payment invoice_payment shop_vendor_payout
            yith_wcaf_payment ywsbs_subscription wc_order wc_subscription jigoshop_order eshop_order cart66_order
            fct_order fluentcart_order surecart_order asp_order asp_orders wpecpp_order paytium_payment
            wpfs_payment charitable_donation charitable_donor campaign_donation leyka_donation leyka_donor
            seamless_donor
            seamless_donation seamless_audit crowdfunding_order wc_user_membership wc_membership_plan_log
            cartflows_abandoned abandoned_cart wcf_abandoned tm_order wpo_order fooevents_order
            event_magic_order wpamelia_payment download_order sell_media_payment pronamic_payment pronamic_pay_subscr
            pronamic_subscription""",
        "booking": """
            wc_booking mphb_booking mphb_payment mphb_reserved_room booking bookly bookly_appointment wpbs-booking
            wpbs_booking rtb-booking wc_appointment sln_booking awebooking hb_booking hb_order st_order
            tourmaster_order tour_booking trip_booking wte_booking booking_calendar vikbooking listeo_booking
            homey_reservation homey_booking ova_booking loobek_booking babe_order order_booking easync_booking
            ssa_appointment latepoint_booking amelia_booking yith_booking ywcbk_booking tzp_booking
            em_booking rtec_registration room_booking cbxwpbooking birchschedule_appt birs_appointment birs_client
            birs_payment webba_booking wpcb_booking qcpd_booking hotel_booking hbk_booking""",
        "attendee": """
            tribe_rsvp_attendees tribe_tpp_attendees tribe_tpp_orders tribe_wooticket tribe_eddticket tec_tc_attendee
            tec_tc_order tec_tc_ticket tribe_attendee mep_events_attendees tc_tickets_instances event_magic_tickets
            attendee attendees evo-tix evo_rsvp evo-rsvp eo_booking eo_booking_form_entry espresso_attendees
            espresso_registration tickera_ticket wcs_attendee camptix_attendee tix_attendee tix_email tix_coupon
            event_attendee event_ticket_instance el_tickets el_bookings fooevents_attendee""",
        "support ticket": """
            wpas_ticket wpas_reply ticket_reply wpsc_ticket wpsc_ticket_thread wpsp_ticket support_ticket supportcandy
            awesome_support kbs_ticket kbs_ticket_reply psp_ticket ksd_ticket fs_ticket stgh_ticket ticketbox
            mu_support_ticket rtbiz_hd_ticket wp_helpdesk_ticket heroticket fluent_ticket""",
        "message": """
            fep_message fep_announcement user_message private_message bp_message bpbm_message
            wp_private_message wpum_message chat_message livechat wplc_chat tidio_chat front-end-pm yobro_message
            um_message lhc_chat email_log wp_mail_log wpml_email_log mailarchiver email-log
            postman_sent_mail fluentmail_log smtp_log newsletter_subscriber hp_message hp_email_log pm_message
            houzez_thread sent_message wp_email_capture""",
        "subscriber": """
            subscriber subscribers mailpoet_subscriber newsletter_user es_subscriber inbound-lead wpl-lead
            mailster_subscriber noptin_subscriber icegram_subscriber mailchimp_user jetpack_subscriber
            email_subscriber sib_contact fc_contact fluentcrm_contact zerobs_customer zerobs_company zerobs_contact
            jpcrm_contact jpcrm_company jpcrm_invoice wp_crm_contact crm_contact crm_lead crm_deal erp_contact
            groundhogg_contact upicrm_lead agile_contact hubspot_contact contact_lead rb_lead houzez_leads
            houzez_enquiry mc4wp_log bounce wpsubscriber mla_subscriber stc_subscriber""",
        "member record": """
            um_account um_private um_review wppb_profile user_profile_data mepr_member mepr_subscription mepr_signup
            rcp_membership rcp_customer pmpro_member armember_entry s2member_log wlm_member swpm_member
            llms_access_plan llms_engagement llms_my_certificate llms_my_achievement llms_membership_record
            llms_form_submission sensei_message sensei_enrolment tutor_enrolled tutor_assignment_sub tutor_withdraw
            tutor_qa lp_quiz_result lp_assignment_entry lp_user_item sfwd-essays sfwd-assignment
            sfwd-certificates-log ld-exam-result groups_activity learndash_log bp_activity_log mycred_log
            wc_user_log gamipress-log gamipress-user-earning badgeos-log-entry badgeos_submission
            badgeos_nomination wpdmpro_member affwp_referral affiliate_wp slicewp_commission
            quiz_result qmn_quiz_result qsm_result hd_qu_result chained_result wpproquiz_result watupro_result
            aysquiz_result quiz_submission quiz-attempt quiz_attempt wp_quiz_result hdqc_result""",
        "job application": """
            job_application job_applications resume resumes job_resume wpjb_application
            wpjobboard_application awsm_job_application noo_application noo_resume jobsearch_applicant
            recruit_application applicant simple_job_application cariera_application wp_job_alert job_alert
            jobpost_applicants""",
        "licence key": """
            edd_license edd_license_log edd_activation wc_license lmfwc_license software_license
            license_key serial_number product_key wlm_license slm_license wc_am_resource api_key activation_key""",
        "log": """
            edd_log wp_log wpdm_log dlm_log wdm_log activity_log audit_log user_log login_log stream_log debug_log
            error_log change_log_entry simple_history aryo_activity llms_log tc_log lp_log pmxi_log mwp_log ai_log
            wpallimport_log redirect_log redirection_log 404_log download_log give_log payment_log search_log
            http_log woo_log wc_log cron_log email_logs event_log ppress_log snapshot_log patterns_ai_data
            wpcode-log wp-rest-api-log rest_api_log import_log export_log sync_log security_log access_log
            wpo_log ninja_log form_log sms_log wpsms_log vote_log cookie_log consent_log""",
        "privacy request": """
            user_request gdpr_request gdpr_consent gdpr_log cookie_consent consent_record data_request
            complianz_request ccpa_request dsar_request wpgdprc_request donotsell""",
        "backup": "bwps_backup db_backup wpbackup ai1wm_backup wp_backup site_backup",
    }
)
"""What plug-ins keep about people, or what only its owner was to see: the type's name -> what it is."""

PERSONAL = frozenset(PERSONAL_TYPES.values()) | {"record"}
"""Reasons of what is left out because it is about people: of such items not even the title is noted."""

FURNITURE = by_name(
    {
        "site style": "custom_css wp_global_styles custom-css-js oceanwp_css fusion_css wpscss",
        "site setting": """
            customize_changeset wp_customize nav_menu_secret site-option redirect_rule redirect_rules redirection
            safe_redirect redirects eps_redirects wpseo_redirect acf-ui-options-page acf-options-page mb-settings-page
            um_role um_directory um_form_setting members_role polylang_mo wpcf_settings""",
        "cache": "oembed_cache amp_validated_url jp_img_sitemap jp_sitemap jp_sitemap_master jp_vid_sitemap",
        "theme navigation": "wp_navigation mega_menu megamenu elementskit_content jet-menu bricks_menu um_menu",
        "theme template": """
            wp_template wp_template_part astra-advanced-hook generate_template_elements gp_elements kadence_element
            neve_custom_layouts blocksy_content_block ct_content_block sydney_ath_template colibri_template
            oceanwp_hooks avada_page_options ct_template th_template""",
        "font": "wp_font_family wp_font_face elementor_font elementor_icons custom_font bsf_custom_fonts uafe",
        "background job": "scheduled-action wp_async_task cron_job wp-background-task mepr_job",
        "form": """
            wpcf7_contact_form wpforms wpforms-template mc4wp-form um_form forminator_forms forminator_polls
            forminator_quizzes frm_form frm_styles happyform weforms wpuf_forms wpuf_profile wpuf_input
            everest_form caldera_form kaliforms_forms metform-form elementskit-form ninja-forms nf_form jp_form
            jetpack_form kadence_form ws-form ws_form quform formcraft mailpoet_form es_form hugeit_forms
            amn_exact-metrics wpforms_template rm_form jet-form-builder acf-form gravityview mwform mw-wp-form
            bf_form buddyforms user_registration visual_form_builder happyforms super_form fluentform
            ivory-search-form is_search_form""",
        "shop coupon": """
            shop_coupon edd_discount mp_coupon sc_coupon llms_coupon lp_coupon tutor_coupon mepr_coupon
            memberpresscoupon wpsc_coupon tc_discounts wc_coupon simple-pay_coupon pmpro_discount wte-coupon gift_card
            gift_certificate pw_gift_card ywgc_gift_card gift-voucher""",
        "shop variation": "product_variation subscription_variation wc_product_variation",
        "shop setting": """
            wc_membership_plan wc_pickup_location shop_tax shop_zone shipping_zone fulfillment shop_commission
            cartflows_flow wcf_checkout simple-pay memberpressgroup memberpressrule mepr_rule
            yith_wcan_preset ywdpd_discount wc_dynamic_pricing wc_product_tab woo_product_tab berocket_filter br_filters
            br_product_filter wcpa_pt_forms product_addons global_product_addon wpc_smart_bundle
            mphb_rate mphb_season mphb_room mphb_room_service mphb_coupon wc_bookable_resource bookable_resource
            bookable_person""",
        "shop product of a payment button": "jp_pay_product",
        "field definition": """
            acf acf-field acf-field-group acf-post-type acf-taxonomy meta-box meta-box-fields mb-post-type mb-taxonomy
            mb-relationship wp-types-group wp-types-user-group wp-types-term-group cptui_post_type pods
            _pods_pod _pods_field _pods_group _pods_template piklist_field carbon_field toolset_field
            lazyblocks lazyblocks_templates block_lab genesis_custom_block jet-engine jet-engine-booking""",
        "page builder template": """
            elementor_library elementor_snippet elementor-hf elementor-thhf elementor_template ae_global_templates
            elementskit_template et_pb_layout et_header_layout et_body_layout et_footer_layout et_template
            et_theme_builder
            et_theme_options et_code_snippet fl-builder-template fl-theme-layout fusion_template fusion_element
            fusion_tb_section fusion_tb_layout fusion_icons fusion_form oceanwp_library vc_grid_item vc4_templates
            templatera bricks_template breakdance_template breakdance_block breakdance_header breakdance_footer
            breakdance_popup breakdance_acf_block oxy_user_library brizy_template brizy-global-block
            brizy-saved-block editor-template editor-story editor-form-entry-template thrive_template tcb_lightbox
            tcb_symbol tcb_content_template tve_notifications tve_lead_shortcode tve_lead_2s_lightbx tvo_display
            tho_header_test cs_template cs_layout cs_global_block x_library siteorigin_panels_layout so_panels_layout
            jet-theme-core jet-popup jet-woo-builder porto_builder nectar_templates wd_layout woodmart_layout
            woodmart_slide cms_block cms_blocks us_header us_content_template us_grid_layout us_page_block
            ux_template mk_templates tf1 tdb_templates td_nm_posts wpb_layout spectra-popup kt_popup kt_gallery
            kadence_query kadence_query_card kadence_navigation kadence_header kadence_lottie kadence_conversions
            stackable_template gblocks_templates gblocks_global_style gp_overlay_panel uagb_template
            themify_builder_part tbuilder_layout tbuilder_layout_part tbp_theme tbp_template layout_part""",
        "plug-in data whose rows are not in the export": """
            ninja-table ninja-tables wpdatatable mv_create ngg_album ngg_gallery ngg_pictures lightbox_library
            displayed_gallery display_type gal_display_source""",
        "popup": """
            popup popup_theme popupbuilder sgpb_popup pum_popup hustle_module brave_popup brave_form convertplug
            smile_popup wpfomify icegram ig_message ig_campaign boxzilla-box bloom_optin optin_campaign ninja_popup
            popup-maker popmake spu wppopups bsf-convertpro cp_popups elementor_popup notification_bar
            wpfront_bar hello_bar exit_popup""",
        "advertisement": """
            advanced_ads advads adrotate banner_ad wp_ad ad_unit adsense_ad quads-ads wpadcenter-ads
            ad_campaign bannerize wp_bannerize_pro adinserter pro_ad campaign_ad af_campaign aicp""",
        "mail template": """
            bp-email es_template mailpoet_email mailpoet_page newsletter_email viwec_template email_template
            email-template wc_email llms_email mepr-email yaymail_template kadence_woomail
            wpnotif bnfw_notification wp_email_tpl email-template-wc noptin-campaign es_campaign crb_email
            tutor_email sfwd-notification ld-notification affwp_emails mailtpl trigger_email um_email""",
        "code snippet": """
            code-snippet code_snippet wpcode wpcode-snippets wpcode-blocks insert_php wbcr-snippets
            woody_snippet xyz_snippet custom_code header_footer_code hfcm""",
        "import job": "pmxi_import wpai_import wp_all_export pmxe_export import_users import_post starter_site",
    }
)
"""What the old site was made of and no reader called up: the type's name -> what it is."""

PUBLIC_TYPES = frozenset(
    """
    post page attachment
    product product_bundle wpsc-product mp_product it_exchange_prod jigoshop_product download sell_media_item
    tribe_events tribe_venue tribe_organizer tribe_event_series event events ai1ec_event location mec-events mec_venue
    ajde_events event_listing mep_events eventon espresso_events espresso_venues tc_events simple-event sugar_calendar
    sc_event em_event stachethemes_event calendar wcs_class class tribe-ea-record-page
    recipe recipes cp_recipe zrdn_recipe osetin_recipe blossom-recipe delicious-recipe wpzoom_rcb
    docs doc documentation kb knowledgebase knowledge_base knowledge-base ht_kb epkb_post_type_1 pressapps_knowledge
    manual_documentation manual_kb manual_faq helpie_kb wpkb-article minerva_kb lsvr_kba basepress st_kb betterdocs
    helpguru_kb glossary encyclopedia lexicon
    forum topic reply dwqa-question dwqa-answer question answer ap_question
    sfwd-courses course courses lp_course llms_course stm-courses namaste_course wplms_course bp_course
    podcast podcasts episode series powerpress_podcast ssp_episode audio
    team team_member team-member teams staff people person employee faculty doctor doctors attorney lawyer agent
    houzez_agent houzez_agency estate_agent our_team sptp_member tlp_team wps-team tmm awsm_team_member cpt_team
    testimonial testimonials jetpack-testimonial wpm-testimonial avada_testimonial tt_testimonials ivy_testimonial
    portfolio portfolios jetpack-portfolio avada_portfolio dt_portfolio us_portfolio portfolio_item fw-portfolio
    avia_portfolio nectar_portfolio project projects case-study case_study casestudy case-studies work works
    gallery galleries dt_gallery album photo photos artwork exhibition envira
    faq faqs avada_faq qa_faqs ufaq mtsnb
    service services dt_benefits solution solutions feature features
    property properties listing listings estate_property house job_listing job jobs vacancy awsm_job_openings
    jobpost career careers internship
    book books author_book mooberry_book movie movies film films song songs artist artists band
    wpsl_stores store stores restaurant nova_menu_item menu_item food_item dish mprm_menu_item fdm-menu-item
    accommodation mphb_room_type hotel room rooms tour tours trip itineraries destination destinations st_tours
    st_hotel st_activity hb_room
    web-story amp_story story stories news press press_release press-release announcement announcements publication
    publications article articles guide guides tutorial tutorials review reviews video videos aiovg_videos
    sermon sermons
    wpfc_sermon ctc_sermon ctc_event ctc_location ctc_person sermon_manager speaker speakers sponsor sponsors
    session sessions wcb_speaker wcb_session wcb_sponsor wcb_organizer tribe_wpv
    give_forms campaign campaigns charity cause causes sp_team sp_player sp_event sp_table sp_list sp_calendar sp_staff
    quote quotes poem poems link links bookmark game games app apps car cars vehicle vehicles boat recipe-card plant
    wiki wpdmpro cartflows_step landing_page landing-page
    incsub_wiki yada_wiki collection collections brand brands partner partners client clients
    """.split()
)
"""Types that plug-ins and themes register with pages for everybody, and plain names of what sites show."""

SURE_TYPES = frozenset(
    """
    post page attachment
    product download tribe_events tribe_venue tribe_organizer ai1ec_event mec-events mep_events espresso_events
    forum topic reply sfwd-courses lp_course llms_course jetpack-portfolio jetpack-testimonial avada_portfolio
    dt_portfolio give_forms job_listing wpsc-product mp_product web-story sp_team sp_player sp_event incsub_wiki
    epkb_post_type_1 wpfc_sermon ctc_sermon ctc_event sugar_calendar sc_event mphb_room_type nova_menu_item
    """.split()
)
"""Of these, the types that no plug-in registers without pages: what an address says of them adds nothing."""

GATED_TYPES = frozenset(
    """
    sfwd-lessons sfwd-topic sfwd-quiz sfwd-question sfwd-certificates sfwd-groups groups ld-exam
    lesson lessons quiz quizzes
    lp_lesson lp_quiz lp_question lp_assignment llms_lesson llms_quiz llms_question llms_membership llms_certificate
    llms_achievement tutor_quiz tutor_assignments tutor_zoom_meeting tutor-google-meet assignments
    stm-lessons stm-quizzes stm-questions stm-assignments namaste_lesson namaste_homework wplms_unit wplms_quiz
    sensei_lesson multiple_question sensei_certificate
    memberpressproduct mpcs-course mpcs-lesson mpcs-quiz mpcs-assignment mpdl-file wpcw_course_unit course_unit
    premium_content members_only member_content restricted_content private_page client_portal cuar_private_page
    cuar_private_file cuar_container client-page document_private wpdm_file dlm_download_version
    wpcourseware_unit wp-courseware wpcw_certificate academy_lesson academy_quiz academy_assignments masteriyo_lesson
    mto-lesson mto-quiz mto-question mto-section mto-assignment
    """.split()
)
"""Types whose pages a plug-in shows to members, pupils or customers only, whatever their addresses."""

_WORDS = frozenset(
    """
    payment order transaction invoice receipt refund donation donor purchase checkout cart billing payout withdrawal
    commission referral affiliate wallet customer subscriber subscription membership user account registration
    registrant signup rsvp attendee participant booking reservation appointment ticket lead inquiry enquiry submission
    submitted entry entries response feedback message mail email inbox conversation chat thread log logs audit
    request gdpr consent applicant application candidate resume cv license licence token attempt result results
    enrollment enrolment enrolled progress backup patient complaint claim crm voucher coupon discount
    cookie estimate rfq vote votes respondent pupil student password credential private nomination snapshot
    certificate mailbox helpdesk
    """.split()
)
"""Words that mean a record about a person, or one that only its owner was to see."""

_LONG = re.compile(
    "payment|transaction|invoice|donation|purchase|subscri[bp]|membership|registration|attendee|participant|booking"
    "|reservation|appointment|inquir|enquir|submission|applicant|application|conversation|customer|enrol|credential"
    "|abandon|refund|complaint|(?<!b)(?<!rec)(?<!re)orders?$|tickets?$|e-?mails?$"
    "|(?<!b)(?<!v)(?<!cata)(?<!dia)(?<!pro)(?<!ana)logs?$|entr(?:y|ies)$"
)
"""Those that are found inside other words, too: `wpbookings`, `eventattendees`."""

_TELLING = frozenset(
    "story stories testimonial testimonials faq faqs news article articles guide guides review reviews".split()
)
"""Words beside which the others mean a text for everybody: `customer-story`."""

_SPLIT = re.compile(r"[^a-z0-9]+")
_KEY = re.compile(r"[^a-z0-9_-]+")


def type_key(kind: str) -> str:
    """The name as WordPress registers types (`sanitize_key`)."""
    return _KEY.sub("", kind.lower())


@lru_cache(maxsize=4096)
def looks_personal(kind: str) -> bool:
    """Does the name say that the type holds records? Asked of names that no table has."""
    words = {word for word in _SPLIT.split(kind.lower()) if word}
    singular = {word[:-1] if word.endswith("s") and len(word) > 3 else word for word in words}
    if words & _TELLING:
        return False
    return bool((words | singular) & _WORDS) or _LONG.search(kind.lower()) is not None


def is_record(kind: str) -> bool:
    """Does a type hold records about people, by the table or by its name?"""
    name = type_key(kind)
    known = name in PUBLIC_TYPES or name in GATED_TYPES or name in FURNITURE
    return name in PERSONAL_TYPES or (not known and looks_personal(kind))


_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[A-Za-z]{2,24}\b")
_OF_PEOPLE = re.compile(
    r"(?:^|_|-)(?:billing|payer|customer|donor|transaction|txn|invoice|user_agent|ip_address|user_ip|remote_ip"
    r"|passwd|iban|order_total|order_key|purchase_key|payment_(?:id|key|method|status|gateway|mode|total))(?:$|_|-)",
    re.I,
)


def names_somebody(title: str, slug: str) -> bool:
    """Does the name of an item hold an e-mail address?"""
    return "@" in title + slug and _EMAIL.search(f"{title} {slug}") is not None


def is_of_people(meta_key: str) -> bool:
    """Is this a field that only records of people have?"""
    return _OF_PEOPLE.search(meta_key) is not None
